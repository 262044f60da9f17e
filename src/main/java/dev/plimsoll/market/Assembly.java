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

/** Makes one market snapshot of all that the sources said in a tick. The order of the answers does not matter. */
public final class Assembly {
    private static final Comparator<Answer> BY_SOURCE = Comparator.comparing(Answer::source);

    private final List<AssetInfo> order;
    private final Screening screening;
    private final Jury jury;
    private final Remembering remembering;
    private final Drift drift;

    /** @param feeds of every source that may answer */
    public Assembly(AssetRegistry registry, List<Feed> feeds, Tolerance tolerance) {
        this.order = ConversionOrder.of(registry);
        this.screening = new Screening(feeds, tolerance);
        this.jury = new Jury(tolerance);
        this.drift = tolerance.drift();
        this.remembering = new Remembering(order, feeds, tolerance);
    }

    /**
     * Every asset of the registry is in the snapshot, whether anybody spoke of it or not.
     *
     * @param past of the snapshot before, whoever made it
     */
    public MarketSnapshot judge(Tick tick, List<Answer> answers, Past past) {
        var heard = answers.stream().sorted(BY_SOURCE).collect(Collectors.groupingBy(Answer::asset));
        var standstill = new Standstill(past.standing());
        var priced = new HashMap<Asset, Consensus>();
        order.forEach(info -> priced.put(
                info.asset(),
                judge(
                        new Hearing(info, tick, Map.copyOf(priced), past),
                        heard.getOrDefault(info.asset(), List.of()),
                        standstill)));
        return new MarketSnapshot(tick, priced, remembering.after(tick, priced, standstill.marks(), past), drift);
    }

    private Consensus judge(Hearing hearing, List<Answer> answers, Standstill standstill) {
        var witnesses = answers.stream()
                .map(answer -> screening.witness(answer, hearing))
                .toList();
        var moving = standstill.check(hearing.asset(), witnesses);
        return jury.consensus(hearing, screening.young(moving, hearing.tick()));
    }
}
