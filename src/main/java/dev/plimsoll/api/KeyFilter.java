package dev.plimsoll.api;

import dev.plimsoll.account.AdminKey;
import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Identity;
import dev.plimsoll.account.KeySecret;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.account.LastSeen;
import dev.plimsoll.account.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nobody gets to a resource without an API key whose scope allows it, unless the resource is open to anybody. */
class KeyFilter {
    private final KeyStore keys;
    private final AdminKey admin;
    private final LastSeen seen;
    private final Caller caller;

    KeyFilter(KeyStore keys, AdminKey admin, LastSeen seen, Caller caller) {
        this.keys = keys;
        this.admin = admin;
        this.seen = seen;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Void> admit(ContainerRequestContext request, ResourceInfo target) {
        if (annotation(target, OperatorOnly.class).isPresent()) {
            requireOperator(Bearer.of(request));
            return Uni.createFrom().voidItem();
        }
        if (annotation(target, WithoutKey.class).isPresent() || comesWithoutOne(request, target)) {
            return Uni.createFrom().voidItem();
        }
        var secret = Bearer.of(request)
                .orElseThrow(() ->
                        Problems.unauthenticated("This needs an API key. Send it as 'Authorization: Bearer plm_…'."));
        var key = KeySecret.parse(secret)
                .orElseThrow(() -> Problems.unauthenticated(
                        "This is no Plimsoll API key: look whether it was copied whole, from 'plm_' on."));
        return keys.identify(key)
                .map(identity -> identity.orElseThrow(
                        () -> Problems.unauthenticated("This API key is unknown, revoked or expired.")))
                .invoke(KeyFilter::refuseSuspended)
                .invoke(identity -> seen.note(identity.account()))
                .invoke(identity -> require(needed(request, target), identity))
                .invoke(caller::identify)
                .replaceWithVoid();
    }

    private void requireOperator(Optional<String> bearer) {
        var key = bearer.orElseThrow(
                () -> Problems.unauthenticated("This needs the operator's key. Send it as 'Authorization: Bearer …'."));
        if (!admin.is(key)) {
            throw Problems.forbidden("This is not the operator's key, which is set by plimsoll.account.admin-key.");
        }
    }

    private static void refuseSuspended(Identity identity) {
        identity.suspended().ifPresent(why -> {
            throw Problems.forbidden("The operator suspended this account: " + why
                    + " Its positions are still watched and its alerts still told. Ask the operator.");
        });
    }

    private static boolean comesWithoutOne(ContainerRequestContext request, ResourceInfo target) {
        return annotation(target, KeyOptional.class).isPresent()
                && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
    }

    private static void require(Scope needed, Identity identity) {
        if (!identity.scope().includes(needed)) {
            throw Problems.forbidden("This needs a key with the scope '" + needed.word() + "'; yours has '"
                    + identity.scope().word() + "'.");
        }
    }

    private static Scope needed(ContainerRequestContext request, ResourceInfo target) {
        return annotation(target, Needs.class)
                .map(Needs::value)
                .orElse(request.getMethod().matches("GET|HEAD") ? Scope.READ : Scope.OPERATE);
    }

    private static <A extends Annotation> Optional<A> annotation(ResourceInfo target, Class<A> type) {
        return Stream.<AnnotatedElement>of(target.getResourceMethod(), target.getResourceClass())
                .map(element -> element.getAnnotation(type))
                .flatMap(Stream::ofNullable)
                .findFirst();
    }
}
