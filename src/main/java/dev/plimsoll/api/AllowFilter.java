package dev.plimsoll.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Says with every 405 what the path does take.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6">RFC 9110, 405</a>
 */
class AllowFilter {
    private final AllowedMethods allowed;

    AllowFilter(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == ProblemType.METHOD_NOT_ALLOWED.status()) {
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.ALLOW, allowed.of(request.getUriInfo().getPath()));
        }
    }
}
