package io.slipway.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a backend and its store, and refuses or cuts connections when it is told to. */
final class Relay implements Closeable {

    private final ServerSocket door;
    private final int storePort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refuses;

    private int cuts;
    private long distance;
    private long left;

    Relay(int storePort) throws IOException {
        this.storePort = storePort;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** From now on each connection is closed as soon as it is there, and those that are. */
    void refuse(boolean whether) throws IOException {
        refuses = whether;
        if (whether) {
            closeAll();
        }
    }

    /** Cuts a connection each time that the store has sent so many bytes. */
    synchronized void cut(int times, long bytes) {
        cuts = times;
        distance = bytes;
        left = bytes;
    }

    synchronized int cutsLeft() {
        return cuts;
    }

    /** How many of these bytes may pass before the connection is cut; as many as there are: it is not. */
    private synchronized int pass(int count) {
        if (cuts == 0 || count < left) {
            left -= cuts == 0 ? 0 : count;
            return count;
        }
        int passing = (int) left;
        cuts--;
        left = distance;
        return passing - 1;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            if (refuses) {
                client.close();
                continue;
            }
            Socket store = new Socket(InetAddress.getLoopbackAddress(), storePort);
            sockets.add(client);
            sockets.add(store);
            start("up", () -> pump(client, store, false));
            start("down", () -> pump(store, client, true));
        }
    }

    private void pump(Socket from, Socket to, boolean isCut) throws IOException {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int passing = isCut ? pass(count) : count;
                out.write(buffer, 0, Math.max(passing, 0));
                if (passing < count) {
                    return;
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side is gone: so is the other, then.
                        return;
                    }
                },
                "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        door.close();
        closeAll();
    }
}
