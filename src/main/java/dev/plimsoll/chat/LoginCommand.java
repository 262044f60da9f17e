package dev.plimsoll.chat;

import dev.plimsoll.account.LoginStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A link that signs in on the pages, once. */
@Singleton
class LoginCommand implements ChatCommand {
    private final Tenant tenant;
    private final LoginStore logins;
    private final Optional<String> base;

    @Inject
    LoginCommand(
            Tenant tenant,
            LoginStore logins,
            @ConfigProperty(name = "plimsoll.api.public-url") Optional<String> publicUrl) {
        this.tenant = tenant;
        this.logins = logins;
        this.base = publicUrl.map(url -> url.replaceFirst("/+$", ""));
    }

    @Override
    public Command entry() {
        return new Command("login", "A link to your page on the web");
    }

    @Override
    public int place() {
        return 12;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER_ALONE;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return base.map(url -> offer(request, url))
                .orElseGet(() -> Uni.createFrom()
                        .item(Reply.of("There is no page to sign in to: whoever runs this Plimsoll must set"
                                + " plimsoll.api.public-url to where people reach it.")));
    }

    private Uni<Reply> offer(Request request, String url) {
        return tenant.sql(request.account(), tx -> logins.offer(tx, request.account()))
                .map(secret -> Reply.of(
                                "This signs you in on the web. It is good once, and for ten minutes; pass it on to"
                                        + " nobody.")
                        .with(Keyboard.row(new Keyboard.Link("Sign in", URI.create(url + "/login/" + secret.text())))));
    }
}
