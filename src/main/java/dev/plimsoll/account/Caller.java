package dev.plimsoll.account;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/** On whose behalf this request runs. Nobody's, until an API key was accepted. */
@RequestScoped
public class Caller {
    private Optional<Identity> identity = Optional.empty();

    /** The account of the request's key. Only for requests that need a key. */
    public UUID account() {
        return accepted().account();
    }

    public Scope scope() {
        return accepted().scope();
    }

    /** Whose key came with the request; empty where none had to. */
    public Optional<Identity> identity() {
        return identity;
    }

    /** Said once, by the filter that accepted the key. */
    public void identify(Identity accepted) {
        identity = Optional.of(accepted);
    }

    private Identity accepted() {
        return identity.orElseThrow(() -> new IllegalStateException("no API key was accepted for this request"));
    }
}
