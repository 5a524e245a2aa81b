"""Content-Security-Policy of the pages for people."""


def policy(*submitted_to: str) -> str:
    """
    Pages hold what anybody wrote: no script but our own runs. Frames go wherever a macro stands.

    `submitted_to`: origins to which a form of the page leads in the end; browsers look at the
    redirect after a form too.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "frame-src http: https:",
            " ".join(("form-action 'self'", *submitted_to)),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
