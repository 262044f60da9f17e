package dev.plimsoll.chat;

import dev.plimsoll.delivery.Wakings;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.RichText;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleStore;
import dev.plimsoll.rule.Watches;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What an account is told of. */
@Singleton
class RulesCommand implements ChatCommand {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int MOST_SHOWN = 30;

    private final RuleStore rules;
    private final Wakings wakings;

    @Inject
    RulesCommand(RuleStore rules, Wakings wakings) {
        this.rules = rules;
        this.wakings = wakings;
    }

    @Override
    public Command entry() {
        return new Command("rules", "What you are told of, and when");
    }

    @Override
    public int place() {
        return 7;
    }

    @Override
    public Audience audience() {
        return Audience.READERS;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return rules.list(request.account(), FIRST, MOST_SHOWN)
                .chain(all -> wakings.problem(request.account()).map(problem -> reply(all, problem)));
    }

    private static Reply reply(List<Rule> rules, Optional<String> problem) {
        return rules.isEmpty()
                ? Reply.of(
                        "You have no rules, so you are told of nothing. Make one on the web or with the API: /login.")
                : Reply.of(RichText.lines(Stream.concat(
                                rules.stream().map(RulesCommand::line),
                                problem.map(words -> RichText.plain("\n" + words)).stream())
                        .toList()));
    }

    private static RichText line(Rule rule) {
        return RichText.bold(rule.name()).plus(" - " + RuleWords.of(rule) + watched(rule.watches()));
    }

    private static String watched(Watches watches) {
        return switch (watches) {
            case Watches.All() -> "";
            case Watches.OnePosition ignored -> " (one position)";
            case Watches.Labelled(var label, var value) -> " (positions with " + label + "=" + value + ")";
            case Watches.OneAsset(var asset) -> " (" + asset + ")";
        };
    }
}
