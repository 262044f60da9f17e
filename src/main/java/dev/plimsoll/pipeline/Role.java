package dev.plimsoll.pipeline;

/** A part of Plimsoll that a process runs, or leaves to other replicas. */
public enum Role {
    /** Judges positions, while it holds the lease. */
    WATCH,
    /** Sends deliveries. */
    COURIER,
    /** Hears what people write and press in chats, while it is the one that asks. */
    CHAT,
    /** Answers HTTP: the API, the pages, one-click links and callbacks. */
    API;

    /** Whether this process has the role: it is named, and its own switch does not take it away. */
    public boolean isIn(PipelineConfig config) {
        var switchedOn = switch (this) {
            case WATCH -> config.watch();
            case COURIER -> config.courier();
            case CHAT -> config.chat();
            case API -> true;
        };
        return switchedOn && config.roles().contains(this);
    }
}
