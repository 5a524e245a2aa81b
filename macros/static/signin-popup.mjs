// The popup's last page: hands the code to the frame that opened it, on our own origin alone.

const { code, challenge, lost } = document.body.dataset;

if (window.opener) {
  window.opener.postMessage({ type: "okr:signin", code, challenge }, location.origin);
  window.close();
} else {
  document.getElementById("told").textContent = lost;
}
