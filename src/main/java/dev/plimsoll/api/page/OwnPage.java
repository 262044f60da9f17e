package dev.plimsoll.api.page;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.LoginSecret;
import dev.plimsoll.account.LoginStore;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.alert.AlertHistoryStore.Filter;
import dev.plimsoll.api.WithoutKey;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The page of whoever is signed in: positions and alerts, to be looked at. To open the link of a chat signs nobody in, for
 * previews open links; the button does.
 */
@Path("/")
@WithoutKey
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class OwnPage {
    private static final String COOKIE = "__Host-plimsoll";
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";
    private static final String USED =
            "This link was used before, or is older than ten minutes. Send /login in Telegram for another.";
    private static final Filter FIRING = new Filter(Optional.of("firing"), Optional.empty(), Optional.empty());
    private static final int MOST = 50;

    private final LoginStore logins;
    private final AccountStore accounts;
    private final AlertHistoryStore alerts;
    private final OwnPositions positions;

    OwnPage(LoginStore logins, AccountStore accounts, AlertHistoryStore alerts, OwnPositions positions) {
        this.logins = logins;
        this.accounts = accounts;
        this.alerts = alerts;
        this.positions = positions;
    }

    @CheckedTemplate(basePath = "page", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Pages {
        private Pages() {}

        /** @param open whether there is something to press */
        static native TemplateInstance login(String text, boolean open);

        static native TemplateInstance own(OwnView view);
    }

    @GET
    @Operation(hidden = true)
    @Path("login/{token}")
    public Uni<Response> ask(@RestPath String token) {
        return LoginSecret.parse(token).isPresent()
                ? page(Status.OK, Pages.login("You were sent here by Plimsoll's bot. The link is good once.", true))
                : page(Status.NOT_FOUND, Pages.login(USED, false));
    }

    @POST
    @Operation(hidden = true)
    @Path("login/{token}")
    public Uni<Response> signIn(@RestPath String token, @RestHeader("Sec-Fetch-Site") Optional<String> site) {
        if (isElsewhere(site)) {
            return page(
                    Status.FORBIDDEN, Pages.login("Another site sent you here. Open the link from the chat.", false));
        }
        return LoginSecret.parse(token)
                .map(link -> logins.redeem(link)
                        .chain(found -> found.map(session ->
                                        redirect("/me", cookie(session.secret().text(), (int)
                                                LoginStore.SESSION_LASTS.toSeconds())))
                                .orElseGet(() -> page(Status.GONE, Pages.login(USED, false)))))
                .orElseGet(() -> page(Status.NOT_FOUND, Pages.login(USED, false)));
    }

    @GET
    @Operation(hidden = true)
    @Path("me")
    public Uni<Response> own(@RestCookie(COOKIE) Optional<String> session) {
        return identify(session)
                .chain(account -> account.map(accounts::find)
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .chain(account -> account.map(this::own)
                        .orElseGet(() -> page(
                                Status.UNAUTHORIZED,
                                Pages.login(
                                        "You are not signed in. Send /login to Plimsoll's bot in Telegram.", false))));
    }

    /** Another site's form brings no session, but its answer would take the cookie away. */
    @POST
    @Operation(hidden = true)
    @Path("logout")
    public Uni<Response> signOut(
            @RestCookie(COOKIE) Optional<String> session, @RestHeader("Sec-Fetch-Site") Optional<String> site) {
        if (isElsewhere(site)) {
            return page(Status.FORBIDDEN, Pages.login("Another site sent you here. Sign out on your own page.", false));
        }
        return identify(session)
                .call(account -> account.map(whose -> logins.end(
                                whose, LoginSecret.parse(session.orElseThrow()).orElseThrow()))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(() -> redirect("/market", cookie("", 0)));
    }

    /** Browsers say where a form was sent from; what does not say it is no browser of these years. */
    private static boolean isElsewhere(Optional<String> site) {
        return site.filter(where -> !where.matches("same-origin|none")).isPresent();
    }

    private Uni<Optional<UUID>> identify(Optional<String> session) {
        return session.flatMap(LoginSecret::parse)
                .map(logins::identify)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Response> own(Account whose) {
        return alerts.list(whose.id(), FIRING, Optional.empty(), MOST)
                .chain(firing -> positions
                        .of(whose.id(), MOST, firing)
                        .map(seen -> OwnView.of(whose, positions.asOf(), firing, seen)))
                .chain(view -> page(Status.OK, Pages.own(view)));
    }

    private static NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .secure(true)
                .httpOnly(true)
                .sameSite(SameSite.STRICT)
                .build();
    }

    /** Relative: what stands before us may speak https. */
    private static Uni<Response> redirect(String path, NewCookie cookie) {
        return Uni.createFrom()
                .item(Response.status(Status.SEE_OTHER)
                        .header("Location", path)
                        .cookie(cookie)
                        .build());
    }

    private static Uni<Response> page(Status status, TemplateInstance page) {
        return page.createUni()
                .map(html -> Response.status(status)
                        .entity(html)
                        .header("Content-Security-Policy", POLICY)
                        .build());
    }
}
