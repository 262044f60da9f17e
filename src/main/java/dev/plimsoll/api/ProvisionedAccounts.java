package dev.plimsoll.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.GivenKey;
import dev.plimsoll.account.GivenKeys;
import dev.plimsoll.account.KeySecret;
import dev.plimsoll.account.ProvisionedStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.rule.NewcomerStore;
import dev.plimsoll.unit.Ids;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Accounts that the operator writes down in files: each is made where it is missing, and made equal to what is written
 * whenever that is something else than was last applied.
 */
@Singleton
public class ProvisionedAccounts {
    private static final List<String> HEAD = List.of("key", "name", "email", "timezone", "keys");

    private final Tenant tenant;
    private final AccountStore accounts;
    private final NewcomerStore newcomers;
    private final GivenKeys keys;
    private final Bundles bundles;
    private final ProvisionedStore provisioned;

    ProvisionedAccounts(
            Tenant tenant,
            AccountStore accounts,
            NewcomerStore newcomers,
            GivenKeys keys,
            Bundles bundles,
            ProvisionedStore provisioned) {
        this.tenant = tenant;
        this.accounts = accounts;
        this.newcomers = newcomers;
        this.keys = keys;
        this.bundles = bundles;
        this.provisioned = provisioned;
    }

    /** @param keys its API keys; empty leaves them as they are */
    record Head(String key, AccountDraft account, Optional<List<GivenKey>> keys) {

        /** The same on every installation, so that nothing need be remembered of it. */
        UUID id() {
            return Ids.ofHash(KeySecret.sha256("provisioned account " + key));
        }
    }

    /**
     * Fails with a problem that names every fault where it cannot be applied.
     *
     * @param account with the sections of a bundle
     * @return how many things were written or deleted
     */
    public Uni<Integer> apply(ObjectNode account) {
        var head = Form.of(BundleText.json(account.deepCopy().retain(HEAD)), AccountForm::provisioned);
        var hash = KeySecret.sha256(account.toString());
        return provisioned
                .isApplied(head.id(), hash)
                .chain(done -> done
                        ? Uni.createFrom().item(0)
                        : apply(head, account.deepCopy().without(HEAD))
                                .call(written -> provisioned.applied(head.id(), hash)));
    }

    private Uni<Integer> apply(Head head, ObjectNode sections) {
        return tenant.session(head.id(), session -> settle(session, head))
                .chain(written -> bundles.apply(head.id(), sections, false)
                        .invoke(applied -> tellUnseen(head.id(), applied))
                        .map(applied -> written + applied.count()));
    }

    private static void tellUnseen(UUID account, Bundles.Applied applied) {
        if (!applied.secrets().isEmpty()) {
            Log.warnf(
                    "channels sign with secrets that nobody was shown, write 'secret' for each, or rotate it by"
                            + " /channels/{id}/rotate-secret: account=%s channels=%d",
                    account, applied.secrets().size());
        }
    }

    private Uni<Integer> settle(Mutiny.Session session, Head head) {
        return accounts.find(session, head.id())
                .chain(found -> found.map(now -> change(session, now, head.account()))
                        .orElseGet(() -> newcomers
                                .add(session, head.id(), head.account())
                                .replaceWith(1)))
                .chain(written -> head.keys()
                        .map(given -> keys.set(session, head.id(), given).map(changed -> written + changed))
                        .orElseGet(() -> Uni.createFrom().item(written)));
    }

    private Uni<Integer> change(Mutiny.Session session, Account now, AccountDraft wanted) {
        return AccountDraft.of(now).equals(wanted)
                ? Uni.createFrom().item(0)
                : accounts.change(session, now.id(), wanted).replaceWith(1);
    }
}
