package io.slipway.http.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of a trouble once, until it changes or is over: clients ask again and again. Safe for use by many threads. */
public final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final int MOST = 256;

    private final Map<String, String> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Warns, if this is new.
     *
     * @param subject what the trouble is with
     * @return whether it was new
     */
    public synchronized boolean complain(String subject, String trouble) {
        if (trouble.equals(known.put(subject, trouble))) {
            return false;
        }
        LOG.warn(trouble);
        return true;
    }

    /** All is well again. */
    public synchronized void settle(String subject) {
        known.remove(subject);
    }
}
