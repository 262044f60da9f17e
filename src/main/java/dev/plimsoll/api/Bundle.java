package dev.plimsoll.api;

import dev.plimsoll.alert.SilenceDraft;
import dev.plimsoll.api.ChannelForm.Registration;
import dev.plimsoll.delivery.OpenedChannel;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleDraft;
import java.util.List;
import java.util.Optional;

/** An account's things as a document says they shall be. A section that is not in it says nothing: all of that stays. */
record Bundle(
        Optional<List<PositionDraft>> positions,
        Optional<List<Registration>> channels,
        Optional<List<RuleDraft>> rules,
        Optional<List<SilenceDraft>> silences,
        Optional<List<DigestDraft>> digests,
        Matches matches) {

    /** What its items stand for. */
    record Matches(Matching<Position> positions, Matching<OpenedChannel> channels, Matching<Rule> rules) {}
}
