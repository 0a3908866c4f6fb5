package io.slipway.state.embedded;

import io.slipway.state.embedded.Recovered.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a log from front to back, up to the first frame that is not whole, and then judges what is left. */
final class LogReader {

    private final Window window;
    private final LogHeader header;

    /** @param name the file, for messages */
    LogReader(LogFile file, String name) throws IOException {
        window = new Window(file);
        header = LogHeader.decode(window.at(0, LogFormat.FILE_HEADER), name);
    }

    Recovered recover(Frame.Replay target) throws IOException {
        long end = LogFormat.FILE_HEADER;
        long revision = header.revision();
        Optional<Frame> next = frameAt(end, revision);
        while (next.isPresent()) {
            Frame frame = next.get();
            frame.replay(target);
            revision = frame.revision();
            end += frame.bytes();
            next = frameAt(end, revision);
        }
        return judge(end, revision);
    }

    private Recovered judge(long end, long revision) throws IOException {
        long tail = lastUsed(end) - end;
        if (tail == 0) {
            return new Recovered(header, end, revision, end == window.size() ? Ending.CLOSED : Ending.RESERVED, 0, 0);
        }
        boolean damaged = isCutOff(end);
        long highest = revision;
        long lost = 0;
        long position = end + 1;
        while (position + LogFormat.FRAME_HEADER <= end + tail) {
            Optional<Frame> found = frameAt(position, revision);
            if (found.isPresent()) {
                damaged = true;
                lost += found.get().replay((written, key, value) -> {});
                highest = Math.max(highest, found.get().revision());
            }
            position += found.map(Frame::bytes).orElse(1);
        }
        return new Recovered(header, end, highest, damaged ? Ending.DAMAGED : Ending.TORN, tail, lost);
    }

    /**
     * Whether a frame that is not whole reaches to the end of the file or beyond. A crash does not leave that: space is
     * reserved, and forced, before a frame is written into it. A frame cut short means that the file lost its end; one
     * that ends with the file means that a log which was closed in order was changed afterwards.
     */
    private boolean isCutOff(long position) throws IOException {
        ByteBuffer head = window.at(position, LogFormat.FRAME_HEADER);
        if (head.remaining() < LogFormat.FRAME_HEADER) {
            return true;
        }
        int length = head.getInt(LogFormat.LENGTH_AT);
        return head.getInt(0) == LogFormat.FRAME_MAGIC
                && length > 0
                && length <= LogFormat.MAX_PAYLOAD
                && position + LogFormat.FRAME_HEADER + length >= window.size();
    }

    private Optional<Frame> frameAt(long position, long afterRevision) throws IOException {
        ByteBuffer head = window.at(position, LogFormat.FRAME_HEADER);
        if (head.remaining() < LogFormat.FRAME_HEADER || head.getInt(0) != LogFormat.FRAME_MAGIC) {
            return Optional.empty();
        }
        int length = head.getInt(LogFormat.LENGTH_AT);
        long revision = head.getLong(LogFormat.REVISION_AT);
        if (length <= 0 || length > LogFormat.MAX_PAYLOAD || revision < afterRevision) {
            return Optional.empty();
        }
        ByteBuffer frame = window.at(position, LogFormat.FRAME_HEADER + length);
        if (frame.remaining() < LogFormat.FRAME_HEADER + length
                || frame.getInt(LogFormat.CHECKSUM_AT) != LogFormat.checksum(frame, header.salt())) {
            return Optional.empty();
        }
        return Optional.of(new Frame(revision, frame.slice(LogFormat.FRAME_HEADER, length)));
    }

    /** Where the zeroes begin that fill the file to its end. */
    private long lastUsed(long from) throws IOException {
        long used = from;
        for (long position = from; position < window.size(); position++) {
            if (window.byteAt(position) != 0) {
                used = position + 1;
            }
        }
        return used;
    }
}
