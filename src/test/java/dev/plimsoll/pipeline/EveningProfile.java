package dev.plimsoll.pipeline;

import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.wire.FreePort;
import java.util.HashMap;
import java.util.Map;

/** A watch whose ticks the test runs, a bot whose chats it plays, and a mail server where somebody may listen. */
public final class EveningProfile extends WatchProfile {
    static final int MAIL = FreePort.next();

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(new TelegramProfile().getConfigOverrides());
        settings.putAll(super.getConfigOverrides());
        settings.put("plimsoll.delivery.email.host", "127.0.0.1");
        settings.put("plimsoll.delivery.email.port", Integer.toString(MAIL));
        settings.put("plimsoll.delivery.email.encryption", "none");
        settings.put("plimsoll.delivery.email.from", "alerts@plimsoll.example");
        return settings;
    }
}
