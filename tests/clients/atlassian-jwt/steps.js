// One line of JSON in, one out: what the tests ask of Atlassian's own library.

const readline = require("readline");
const jwt = require("atlassian-jwt");

const read = ({ method, url, form }) =>
  form === undefined
    ? jwt.fromMethodAndUrl(method, url)
    : jwt.fromMethodAndPathAndBody(method, url, form);

const STEPS = {
  canonical: (asked) =>
    jwt.createCanonicalRequest(read(asked), asked.form !== undefined, asked.base),
  qsh: (asked) => jwt.createQueryStringHash(read(asked), asked.form !== undefined, asked.base),
  sign: ({ claims, key, algorithm, header }) =>
    algorithm === "RS256"
      ? jwt.encodeAsymmetric(claims, key, algorithm, header)
      : jwt.encodeSymmetric(claims, key, algorithm),
  verify: ({ token, key, algorithm }) =>
    algorithm === "RS256"
      ? jwt.decodeAsymmetric(token, key, algorithm)
      : jwt.decodeSymmetric(token, key, algorithm),
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { step, asked } = JSON.parse(line);
  let answer;
  try {
    answer = { found: STEPS[step](asked) };
  } catch (error) {
    answer = { refused: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
