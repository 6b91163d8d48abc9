package dev.glimpse.fault.site;

import java.io.IOException;
import java.io.OutputStream;

/** Ends a child whose parent is gone: the parent never writes, so the end of standard input is the parent's end. */
final class Orphan {
    private static final int ORPHANED = 3;

    private Orphan() {}

    static void watch() {
        Thread thread = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println("standard input is gone: " + e);
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "orphan-watch");
        thread.setDaemon(true);
        thread.start();
    }
}
