package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.util.List;
import java.util.UUID;

/** What a tick must look at exactly, because a state may have changed. Never less than what did change. */
public record Selection(List<OfPosition> positions, List<OfAsset> assets) {
    public Selection {
        positions = List.copyOf(positions);
        assets = List.copyOf(assets);
    }

    public int size() {
        return positions.size() + assets.size();
    }

    /** A position and every rule on its health that watches it: judged once, then asked rule by rule. */
    public record OfPosition(Position position, List<Rule> rules) {
        public OfPosition {
            rules = List.copyOf(rules);
        }
    }

    /** A rule on an asset, and what it asks. */
    public record OfAsset(Condition.OnAsset condition, Rule rule) {
        public Asset asset() {
            return condition.asset();
        }
    }

    /** A blind rule and its account; which of its positions are blind, {@link Book#unseen} says. */
    public record OfAccount(UUID account, Rule rule) {}
}
