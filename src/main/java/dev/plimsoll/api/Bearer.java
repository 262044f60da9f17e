package dev.plimsoll.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.regex.Pattern;

/** The token of {@code Authorization: Bearer …}. */
final class Bearer {
    private static final Pattern FORM = Pattern.compile("(?i:bearer) +([!-~]{1,200})");

    private Bearer() {}

    static Optional<String> of(ContainerRequestContext request) {
        return of(Optional.ofNullable(request.getHeaderString("Authorization")));
    }

    static Optional<String> of(Optional<String> header) {
        return header.map(FORM::matcher).filter(form -> form.matches()).map(form -> form.group(1));
    }
}
