package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Claim.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The receivers that were called of late, unsealed: a channel that gets many messages is opened once, not for each. What
 * is sealed is compared every time, so that a channel which was changed is opened anew. Safe for several threads.
 */
final class OpenedReceivers {
    private static final int MOST = 10_000;

    private final SecretBox box;
    private final Map<UUID, Opened> latest = new LinkedHashMap<>(16, 0.75f, true);

    OpenedReceivers(SecretBox box) {
        this.box = box;
    }

    private record Opened(UUID account, Target target, Receiver receiver) {
        boolean isOf(UUID other, Target now) {
            return account.equals(other)
                    && target.kind().equals(now.kind())
                    && target.buddy().equals(now.buddy())
                    && Arrays.equals(target.settings(), now.settings())
                    && areEqual(target.secret(), now.secret())
                    && areEqual(target.oldSecret(), now.oldSecret());
        }

        private static boolean areEqual(Optional<byte[]> one, Optional<byte[]> other) {
            return Arrays.equals(one.orElse(null), other.orElse(null));
        }
    }

    Receiver of(UUID account, Target target) {
        return known(account, target).orElseGet(() -> open(account, target));
    }

    private synchronized Optional<Receiver> known(UUID account, Target target) {
        return Optional.ofNullable(latest.get(target.channel()))
                .filter(opened -> opened.isOf(account, target))
                .map(Opened::receiver);
    }

    private Receiver open(UUID account, Target target) {
        var receiver = target.open(account, box);
        keep(new Opened(account, target, receiver));
        return receiver;
    }

    private synchronized void keep(Opened opened) {
        latest.put(opened.target().channel(), opened);
        if (latest.size() > MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
    }
}
