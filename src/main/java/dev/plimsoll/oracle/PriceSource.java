package dev.plimsoll.oracle;

import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * One place prices come from. An implementation is one package-private bean in {@code oracle.source}; it knows the
 * source's wire format and nothing of pace, deadlines or breakers, which are the lane's.
 */
public interface PriceSource {

    /** As in {@code plimsoll.oracle.sources.<name>}. */
    String name();

    /** Sources of one family count once in a quorum: each exchange is its own, all aggregators are one. */
    String family();

    /** Those of the wanted assets that this source has an identifier for. */
    Set<Asset> covers(Set<Asset> wanted);

    /**
     * One answer per covered asset. Never fails for anything the source sends: bad data is a {@link Answer.Silent}.
     * May fail with a wire failure when the source as a whole cannot be reached.
     */
    Uni<List<Answer>> ask(Set<Asset> assets);
}
