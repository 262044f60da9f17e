package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.AlertReviewStore.Review;
import dev.plimsoll.delivery.ChannelTroubleStore.TroubledChannel;
import dev.plimsoll.position.Position;
import java.util.List;

/** What the database knows of an account, for one digest. */
public record Survey(
        Edition edition,
        List<Position> positions,
        Review alerts,
        List<TroubledChannel> channels,
        Wakefulness wakefulness) {
    public Survey {
        positions = List.copyOf(positions);
        channels = List.copyOf(channels);
    }
}
