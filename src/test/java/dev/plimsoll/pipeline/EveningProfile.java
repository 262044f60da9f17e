package dev.plimsoll.pipeline;

import dev.plimsoll.telegram.TelegramProfile;
import java.util.HashMap;
import java.util.Map;

/** A watch whose ticks the test runs, and a bot whose chats it plays. */
public final class EveningProfile extends WatchProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(new TelegramProfile().getConfigOverrides());
        settings.putAll(super.getConfigOverrides());
        return settings;
    }
}
