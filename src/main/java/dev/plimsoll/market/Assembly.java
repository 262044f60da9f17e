package dev.plimsoll.market;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Tick;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes one market snapshot of all that the sources said in a tick. The order of the answers does not matter.
 *
 * <p>Remembers one thing from tick to tick: which values stand still.
 */
public final class Assembly {
    private static final Comparator<Answer> BY_SOURCE = Comparator.comparing(Answer::source);

    private final List<AssetInfo> order;
    private final Screening screening;
    private final Standstill standstill = new Standstill();
    private final Jury jury;

    /** @param feeds of every source that may answer */
    public Assembly(AssetRegistry registry, List<Feed> feeds, Tolerance tolerance) {
        this.order = ConversionOrder.of(registry);
        this.screening = new Screening(feeds, tolerance);
        this.jury = new Jury(tolerance);
    }

    /** Every asset of the registry is in the snapshot, whether anybody spoke of it or not. */
    public synchronized MarketSnapshot judge(Tick tick, List<Answer> answers) {
        var heard = answers.stream().sorted(BY_SOURCE).collect(Collectors.groupingBy(Answer::asset));
        var priced = new HashMap<Asset, Consensus>();
        order.forEach(info ->
                priced.put(info.asset(), judge(info, tick, heard.getOrDefault(info.asset(), List.of()), priced)));
        return new MarketSnapshot(tick, priced);
    }

    private Consensus judge(AssetInfo info, Tick tick, List<Answer> answers, Map<Asset, Consensus> priced) {
        var witnesses = answers.stream()
                .map(answer -> screening.witness(answer, info, tick, priced))
                .toList();
        var moving = standstill.check(info.asset(), witnesses);
        return jury.consensus(info, screening.young(moving, tick), priced);
    }
}
