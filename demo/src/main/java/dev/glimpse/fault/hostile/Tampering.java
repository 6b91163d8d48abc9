package dev.glimpse.fault.hostile;

import dev.glimpse.bundle.Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle in, a copy that was tampered with out: directory or zip, in one of sixteen ways. */
public final class Tampering {
    private final Path bundle;
    private final List<Path> files;

    /** @param bundle directory of a sound bundle */
    public Tampering(Path bundle) throws IOException {
        this.bundle = bundle;
        try (Stream<Path> walk = Files.walk(bundle)) {
            files = walk.filter(Files::isRegularFile)
                    .map(bundle::relativize)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Writes the copy of a number.
     *
     * @param into an empty directory of its own; everything is left inside
     * @return the bundle to open: a directory, or a zip
     */
    public Path write(int number, Path into) throws IOException {
        Random random = new Random(number);
        return number % 2 == 0 ? directory(number / 2 % 8, into, random) : zip(number / 2 % 8, into, random);
    }

    private Path directory(int way, Path into, Random random) throws IOException {
        Path copy = Files.createDirectory(into.resolve("bundle"));
        for (Path file : files) {
            Path target = copy.resolve(file.toString());
            Files.createDirectories(copy.resolve("golden"));
            Files.copy(bundle.resolve(file.toString()), target);
        }
        Path victim = copy.resolve(files.get(random.nextInt(files.size())).toString());
        switch (way) {
            case 0 -> flip(victim, random);
            case 1 -> cut(victim, random);
            case 2 -> Files.delete(victim);
            case 3 -> Files.write(copy.resolve("golden").resolve("extra-" + random.nextInt(99)), new byte[] {1});
            case 4 -> {
                Path elsewhere = Files.move(victim, into.resolve("elsewhere"));
                Files.createSymbolicLink(victim, elsewhere);
            }
            case 5 -> manifest(copy, "detector.onnx", "../detector.onnx");
            case 6 -> manifest(copy, "encode.onnx", "/etc/passwd");
            default -> manifest(copy, "\"files\"", "\"files\" : {}, \"files\"");
        }
        return copy;
    }

    private Path zip(int way, Path into, Random random) throws IOException {
        Path zip = into.resolve("bundle.zip");
        int victim = random.nextInt(files.size());
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (int i = 0; i < files.size(); i++) {
                byte[] bytes = Files.readAllBytes(bundle.resolve(files.get(i).toString()));
                if (i == victim && way == 0) {
                    bytes[random.nextInt(bytes.length)] ^= 4;
                }
                if (i != victim || way != 1) {
                    entry(out, files.get(i).toString(), bytes);
                }
            }
            switch (way) {
                case 2 -> entry(out, "../../evil", new byte[] {1});
                case 3 -> entry(out, "/tmp/evil", new byte[] {1});
                case 4 -> entry(out, "golden/extra.json", new byte[] {'{', '}'});
                case 5 -> {
                    for (int i = 0; i < 300; i++) {
                        entry(out, "golden/many-" + i, new byte[0]);
                    }
                }
                case 6 -> entry(out, "a\\..\\..\\evil", new byte[] {1});
                default -> entry(out, "golden/.hidden", new byte[] {1});
            }
        }
        if (way == 7) {
            cut(zip, random);
        }
        return zip;
    }

    private static void entry(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.setLevel(1);
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static void flip(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean manifest = file.endsWith(Bundle.MANIFEST);
        // A blank in the manifest may change without a change of what it says; a digit of a digest may not.
        int at = manifest ? digest(bytes, random) : random.nextInt(bytes.length);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static int digest(byte[] manifest, Random random) {
        String text = new String(manifest, StandardCharsets.ISO_8859_1);
        String name = "\"sha256\" : \"";
        int from = random.nextInt(text.lastIndexOf(name));
        return text.indexOf(name, from) + name.length() + random.nextInt(64);
    }

    private static void cut(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }

    private static void manifest(Path copy, String word, String other) throws IOException {
        Path file = copy.resolve(Bundle.MANIFEST);
        Files.writeString(file, Files.readString(file).replace(word, other));
    }
}
