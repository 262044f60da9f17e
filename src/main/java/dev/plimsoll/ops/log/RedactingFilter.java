package dev.plimsoll.ops.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/** Lets every record through, with what may stand in a log of it: its message, and those of what was thrown. */
@LoggingFilter(name = "redacting")
public final class RedactingFilter implements Filter {

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord said) {
            said.setMessage(Redaction.of(said.getFormattedMessage()), FormatStyle.NO_FORMAT);
            said.setParameters(new Object[0]);
        } else {
            line.setMessage(Redaction.of(String.valueOf(line.getMessage())));
        }
        Redacted.of(line.getThrown()).ifPresent(line::setThrown);
        return true;
    }
}
