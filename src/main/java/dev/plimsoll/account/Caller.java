package dev.plimsoll.account;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/** Who makes this request: the account of its API key, and what that key may do. Nobody, until a key was accepted. */
@RequestScoped
public class Caller {
    private Optional<ApiKey> key = Optional.empty();

    /** The account on whose behalf this request runs. Only for requests that need a key. */
    public UUID account() {
        return accepted().account();
    }

    public Scope scope() {
        return accepted().scope();
    }

    public boolean known() {
        return key.isPresent();
    }

    /** Said once, by the filter that accepted the key. */
    public void identify(ApiKey accepted) {
        key = Optional.of(accepted);
    }

    private ApiKey accepted() {
        return key.orElseThrow(() -> new IllegalStateException("no API key was accepted for this request"));
    }
}
