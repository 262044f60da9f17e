package dev.plimsoll.alert;

import java.util.List;

/** What a tick made of an alert: its next state, and the transitions on the way there, oldest first. */
public record Step(AlertState state, List<Transition> transitions) {
    public Step {
        transitions = List.copyOf(transitions);
    }
}
