package dev.plimsoll.api;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** Every kind of refusal this API knows. Each has a page under {@code /problems/<slug>} that explains it. */
public enum ProblemType {
    MALFORMED(
            400,
            "Malformed request",
            "The request could not be read: broken JSON, a field twice, bytes that are no UTF-8, or a parameter of the wrong form."),
    UNAUTHENTICATED(
            401,
            "API key needed",
            "Send your API key as 'Authorization: Bearer plm_…'. The key may be missing, misspelt, expired or revoked."),
    FORBIDDEN(
            403,
            "Not allowed with this key",
            "The key is valid, but its scope does not allow this. Scopes: 'read' looks, 'operate' works with positions, rules"
                    + " and alerts, 'full' also manages the account, its keys and its channels."),
    NOT_FOUND(404, "Not found", "There is nothing here, or it does not belong to your account."),
    METHOD_NOT_ALLOWED(
            405, "Method not allowed", "This path exists, but not with this HTTP method. See the Allow header."),
    NOT_ACCEPTABLE(406, "Not acceptable", "This path answers application/json. Send 'Accept: application/json'."),
    CONFLICT(
            409,
            "Conflict",
            "The request does not fit the present state: a client-chosen key is taken, or the same request is still running."),
    PRECONDITION_FAILED(
            412,
            "Changed in the meantime",
            "If-Match does not hold the present ETag: somebody else changed it. Read it again, then decide again."),
    TOO_LARGE(413, "Body too large", "A body may have 64 KB, a bundle 1 MB, its JSON 32 levels."),
    URI_TOO_LONG(414, "Address too long", "The request line may have 4 KB."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "Send JSON in UTF-8, with 'Content-Type: application/json'."),
    INVALID(
            422,
            "Invalid request",
            "The request was understood and refused. 'errors' lists every fault with a JSON pointer to it."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "Idempotency key reused",
            "The same Idempotency-Key came with another request within 24 hours. Use a new key for a new request."),
    QUOTA_EXCEEDED(
            422,
            "Quota exceeded",
            "The account holds as many of these as it may. Delete some, or ask the operator for more."),
    NOT_YET(422, "Not built yet", "This is part of the API's contract, but this version of Plimsoll cannot do it yet."),
    RATE_LIMITED(
            429, "Too many requests", "Wait as long as Retry-After says. The RateLimit headers tell what is left."),
    HEADERS_TOO_LARGE(431, "Headers too large", "All headers together may have 8 KB."),
    INTERNAL(500, "Fault in Plimsoll", "This is our fault, not yours. The operator finds the cause in the log."),
    UNAVAILABLE(
            503,
            "Unavailable for the moment",
            "Plimsoll cannot reach its database or is shutting down. Wait as long as Retry-After says and try again.");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemType(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** For the page that the type's address shows. */
    public String explanation() {
        return explanation;
    }

    /** The last part of the type's address: {@code not-found}. */
    public String slug() {
        return name().toLowerCase().replace('_', '-');
    }

    public URI uri() {
        return URI.create("/problems/" + slug());
    }

    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** The general one of a status: where several share it, the first. */
    public static Optional<ProblemType> ofStatus(int status) {
        return Arrays.stream(values()).filter(type -> type.status == status).findFirst();
    }
}
