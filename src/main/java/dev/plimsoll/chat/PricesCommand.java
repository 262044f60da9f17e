package dev.plimsoll.chat;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is believed of prices: of those named, else of what the account holds and owes, else of the largest. */
@Singleton
class PricesCommand implements ChatCommand {
    private static final int MOST_SHOWN = 15;
    private static final List<Asset> LARGEST =
            Stream.of("BTC", "ETH", "SOL").map(Asset::new).toList();

    private final Standings standings;

    @Inject
    PricesCommand(Standings standings) {
        this.standings = standings;
    }

    @Override
    public Command entry() {
        return new Command("prices", "What is believed of prices: /prices eth btc");
    }

    @Override
    public int place() {
        return 3;
    }

    @Override
    public Audience audience() {
        return Audience.ANYBODY;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var market = standings.market();
        if (market.isEmpty()) {
            return answer("There are no prices yet: Plimsoll has just been started. Ask again in a few seconds.");
        }
        return request.words().isEmpty()
                ? held(request).map(assets -> Reply.of(table(market.get(), assets)))
                : answer(named(market.get(), request.words()));
    }

    private String named(MarketSnapshot market, String words) {
        var names = Arrays.stream(words.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .limit(MOST_SHOWN)
                .toList();
        var known = names.stream()
                .flatMap(name -> standings.assets().find(name).stream())
                .distinct()
                .toList();
        var unknown = names.stream()
                .filter(name -> standings.assets().find(name).isEmpty())
                .map(name -> "\n" + Typing.unknownAsset(name, standings.assets()))
                .collect(Collectors.joining());
        return (table(market, known) + unknown).strip();
    }

    private Uni<List<Asset>> held(Request request) {
        return request.link()
                .map(link -> standings
                        .of(link.account())
                        .map(seen -> seen.stream()
                                .flatMap(one -> one.position().terms().assets().stream())
                                .distinct()
                                .sorted()
                                .limit(MOST_SHOWN)
                                .toList()))
                .orElseGet(() -> Uni.createFrom().item(List.of()))
                .map(assets -> assets.isEmpty() ? LARGEST : assets);
    }

    private static String table(MarketSnapshot market, List<Asset> assets) {
        return assets.stream()
                .map(asset -> asset + ": " + price(market.of(asset)))
                .collect(Collectors.joining("\n"));
    }

    private static String price(Optional<Consensus> consensus) {
        return consensus
                .map(known -> switch (known) {
                    case Consensus.Agreed agreed -> shown(agreed.range()) + single(agreed.families());
                    case Consensus.Diverged diverged -> shown(diverged.range()) + ": the sources disagree";
                    case Consensus.NoQuorum(var asset, var why, var voices) -> "not known now (" + why + ")";
                })
                .orElse("not known now");
    }

    private static String shown(PriceRange range) {
        var low = Readable.price(range.low());
        var high = range.high().map(Readable::price).orElse(low);
        return (low.equals(high) ? low : low + " to " + high) + " USD";
    }

    private static String single(int families) {
        return families > 1 ? "" : " (a single source)";
    }

    private static Uni<Reply> answer(String text) {
        return Uni.createFrom().item(Reply.of(text));
    }
}
