package dev.plimsoll.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How people talk to us in chats. */
@ConfigMapping(prefix = "plimsoll.chat")
public interface ChatConfig {

    /** Messages and presses of one person that are answered in a minute; beyond them nothing is, for answers count against the limits of all. */
    @WithDefault("40")
    int perMinute();
}
