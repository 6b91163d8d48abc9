package dev.glimpse.edge;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of this process in a file that the next one maps (class data sharing of the HotSpot virtual machine), so that it
 * is at work in half the time. The launcher names the file by the property {@code glimpse.classes} and has the virtual machine
 * take notes from its start on ({@code -XX:+RecordDynamicDumpInfo}), unless there is such a file already.
 */
public final class ClassArchive {
    private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

    private ClassArchive() {}

    /** Writes the file if one is wanted, whole or not at all; everything stands still meanwhile. Without it the service is only slower. */
    public static void keep() {
        String name = System.getProperty("glimpse.classes", "");
        if (name.isEmpty()) {
            return;
        }
        Path file = Path.of(name);
        Path unfinished = Path.of(name + "." + ProcessHandle.current().pid());
        try {
            String said = dump(unfinished);
            if (Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                log.info("The classes were not kept for the next start: {}", said.strip());
            }
        } catch (JMException | IOException | RuntimeException e) {
            log.info("The classes could not be kept for the next start: {}", e.toString());
        }
    }

    /** What {@code jcmd PID VM.cds dynamic_dump FILE} does; returns what it would print. */
    private static String dump(Path file) throws JMException {
        Object said = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmCds",
                        new Object[] {new String[] {"dynamic_dump", file.toString()}},
                        new String[] {String[].class.getName()});
        return String.valueOf(said);
    }
}
