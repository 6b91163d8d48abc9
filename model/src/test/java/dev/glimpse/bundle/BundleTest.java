package dev.glimpse.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glimpse.error.UserError;
import dev.glimpse.json.Json;
import dev.glimpse.size.FusionSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path folder;

    private Path bundle;

    @BeforeEach
    void writeBundle() {
        bundle = folder.resolve("bundle");
        TinyBundle.write(bundle).close();
    }

    @Test
    void whatIsWrittenIsRead() {
        try (Bundle opened = BundleReader.open(bundle)) {
            assertThat(opened.labels().classes()).containsExactly("ball", "cat");
            assertThat(opened.answers().answers()).containsExactly("yes", "no");
            assertThat(opened.manifest())
                    .isEqualTo(TinyBundle.manifest(opened.manifest().files()));
            assertThat(opened.read(Bundle.STEP)).isEqualTo(TinyBundle.EMPTY_MODEL);
            assertThat(opened.golden("golden/step.json").output("logits").floats())
                    .containsExactly(1.5f);
        }
    }

    @Test
    void certificateFromBeforeNetworksWereMeasuredIsRead() {
        ObjectNode older = Json.mapper().valueToTree(TinyBundle.certificate());
        older.remove("networks");
        try (Bundle opened = BundleWriter.write(folder.resolve("older"), writer -> {
            TinyBundle.addAll(writer, TinyBundle.EMPTY_MODEL, older);
            return TinyBundle.manifest(writer.files());
        })) {
            Certificate certificate = opened.certificate().orElseThrow();
            assertThat(certificate.networks()).isEmpty();
            assertThat(certificate.heldOut()).isEqualTo(TinyBundle.certificate().heldOut());
        }
    }

    @Test
    void digestIsThatOfTheManifestAndTheSameForTheSameContent() throws IOException {
        Bundle again = TinyBundle.write(folder.resolve("again"));
        assertThat(BundleReader.open(bundle).digest())
                .isEqualTo(again.digest())
                .isEqualTo(Sha256.of(Files.readAllBytes(bundle.resolve("manifest.json"))));
    }

    @Test
    void everyFlippedBitOfEveryFileIsFound() throws IOException {
        Random random = new Random(7);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(bundle)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("manifest.json"))
                    .toList();
        }
        for (Path file : files) {
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, wrong);
            assertRefused("SHA-256", file.getFileName().toString());
            Files.write(file, right);
        }
        BundleReader.open(bundle).close();
    }

    @Test
    void aCutFileIsFoundByItsSize() throws IOException {
        Files.write(bundle.resolve("tokenizer.json"), new byte[] {'{'});
        assertRefused("tokenizer.json", "expected 2 bytes, found 1");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(bundle.resolve("answer.onnx"));
        assertRefused("answer.onnx");
    }

    @Test
    void anUnlistedFileIsNamed() throws IOException {
        Files.write(bundle.resolve("weights.bin"), new byte[3]);
        assertRefused("found also [weights.bin]");
    }

    @Test
    void aLinkIsRefusedEvenWhenItsTargetIsRight() throws IOException {
        Path file = bundle.resolve("labels.json");
        Path elsewhere = Files.move(file, folder.resolve("labels.json"));
        Files.createSymbolicLink(file, elsewhere);
        assertRefused("labels.json", "a symbolic link");
    }

    @Test
    void aLinkedFolderIsRefused() throws IOException {
        Path elsewhere = Files.move(bundle.resolve("golden"), folder.resolve("golden"));
        Files.createSymbolicLink(bundle.resolve("golden"), elsewhere);
        assertRefused("golden", "a symbolic link");
    }

    @Test
    void pathsThatLeaveTheBundleAreRefused() throws IOException {
        Files.write(folder.resolve("outside"), new byte[1]);
        for (String path : List.of("../outside", "/etc/passwd", "a/../../outside", "a\\b", ".hidden", "a//b", "")) {
            Map<String, Manifest.FileEntry> files = filesAnd(path);
            Json.write(bundle.resolve("manifest.json"), TinyBundle.manifest(files));
            TinyBundle.seal(bundle);
            assertRefused("manifest.json", "expected a relative path");
        }
    }

    @Test
    void aFileListedTwiceIsRefused() throws IOException {
        Path manifest = bundle.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(
                manifest,
                text.replace("\"files\" : {", "\"files\" : { \"step.onnx\": {\"size\": 2, \"sha256\": \"\"},"));
        TinyBundle.seal(bundle);
        assertRefused("manifest.json", "step.onnx");
    }

    @Test
    void anotherFormatVersionSaysWhatToDo() throws IOException {
        Path manifest = bundle.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"formatVersion\" : 2", "\"formatVersion\" : 3"));
        TinyBundle.seal(bundle);
        assertRefused("expected format version 1 or 2, found 3", "Export the bundle again");
    }

    @Test
    void labelsThatContradictTheSizesAreRefused() {
        assertThatThrownBy(() -> BundleWriter.write(folder.resolve("other"), writer -> {
                    TinyBundle.addAll(writer);
                    Map<String, Manifest.FileEntry> files = new TreeMap<>(writer.files());
                    Manifest right = TinyBundle.manifest(files);
                    return new Manifest(
                            right.formatVersion(),
                            right.name(),
                            right.kind(),
                            right.precision(),
                            right.opset(),
                            right.detector(),
                            new FusionSize(1, 4, 2, 8, 10, 12, 6, 3),
                            right.layout(),
                            right.temperatures(),
                            files,
                            right.graphs(),
                            right.provenance());
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected 3 answers in answers.json, found 2");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void onnxWithExternalDataIsRefused() throws IOException {
        // model { graph { initializer { data_location: EXTERNAL } } }
        refusedAsGraph(new byte[] {0x3a, 4, 0x2a, 2, 0x70, 1}, "external data");
        // model { graph { node { attribute { t { external_data {} } } } } }
        refusedAsGraph(new byte[] {0x3a, 8, 0x0a, 6, 0x2a, 4, 0x2a, 2, 0x6a, 0}, "external data");
    }

    @Test
    void onnxThatIsNoProtobufIsRefused() throws IOException {
        refusedAsGraph(new byte[] {0x3a, 100, 1}, "no protobuf");
        refusedAsGraph(new byte[] {0x0f}, "no protobuf");
        refusedAsGraph(new byte[] {0x08, -1}, "no protobuf");
    }

    @Test
    void aFileThatChangesAfterOpeningIsNotHandedOut() throws IOException {
        try (Bundle opened = BundleReader.open(bundle)) {
            Files.write(bundle.resolve("step.onnx"), new byte[] {0x08, 0x07});
            assertThatThrownBy(() -> opened.read("step.onnx"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("step.onnx");
        }
    }

    @Test
    void aZipIsUnpackedPrivatelyAndRemovedWhenClosed() throws IOException {
        Bundle opened = BundleReader.open(zip(contents()));
        Path directory = opened.directory();
        assertThat(opened.digest()).isEqualTo(BundleReader.open(bundle).digest());
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
        opened.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void aZipEntryThatLeavesTheDirectoryIsRefused() throws IOException {
        for (String name : List.of("../evil", "/tmp/evil", "golden/../../evil")) {
            Map<String, byte[]> files = contents();
            files.put(name, new byte[1]);
            Path zip = zip(files);
            assertThatThrownBy(() -> BundleReader.open(zip))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("expected a relative path");
        }
    }

    @Test
    void aZipThatInflatesBeyondItsLimitIsStoppedWhileInflating() throws IOException {
        Path zip = zip(Map.of("zeros", new byte[10_000_000]));
        assertThat(Files.size(zip)).isLessThan(20_000);
        Path target = Files.createDirectory(folder.resolve("unzipped"));
        assertThatThrownBy(() -> Unzip.into(zip, target, 1_000_000))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at most 1000000 bytes");
        assertThat(Files.size(target.resolve("zeros"))).isLessThanOrEqualTo(1_000_000);
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("bundle.zip"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> BundleReader.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("zip");
        assertThatThrownBy(() -> BundleReader.open(folder.resolve("nowhere")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("found nothing");
    }

    @Test
    void anOlderBundleIsReplacedAndAForeignDirectoryIsNot() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        TinyBundle.write(folder.resolve("empty")).close();
        TinyBundle.write(bundle).close();
        Path foreign = Files.createDirectory(folder.resolve("work"));
        Files.writeString(foreign.resolve("thesis.txt"), "years");
        assertThatThrownBy(() -> TinyBundle.write(foreign)).isInstanceOf(UserError.class);
        assertThat(foreign.resolve("thesis.txt")).exists();
    }

    @Test
    void aFailedWriteLeavesTheOlderBundle() throws IOException {
        assertThatThrownBy(() -> BundleWriter.write(bundle, writer -> {
                    writer.add("step.onnx", new byte[1]);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("disk full");
        BundleReader.open(bundle).close();
        assertThat(folder.resolve("bundle.tmp")).doesNotExist();
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> BundleReader.open(bundle))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(parts);
    }

    private void refusedAsGraph(byte[] model, String part) throws IOException {
        Map<String, Manifest.FileEntry> files = new TreeMap<>(
                BundleReader.open(folder.resolve("bundle")).manifest().files());
        Path graph = bundle.resolve("step.onnx");
        byte[] before = Files.readAllBytes(graph);
        byte[] manifest = Files.readAllBytes(bundle.resolve("manifest.json"));
        Files.write(graph, model);
        files.put("step.onnx", new Manifest.FileEntry(model.length, Sha256.of(model)));
        Json.write(bundle.resolve("manifest.json"), TinyBundle.manifest(files));
        TinyBundle.seal(bundle);
        assertRefused("step.onnx", part);
        Files.write(graph, before);
        Files.write(bundle.resolve("manifest.json"), manifest);
        TinyBundle.seal(bundle);
    }

    private Map<String, Manifest.FileEntry> filesAnd(String path) throws IOException {
        Map<String, Manifest.FileEntry> files = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : contents().entrySet()) {
            if (!file.getKey().startsWith("manifest.json")) {
                files.put(file.getKey(), new Manifest.FileEntry(file.getValue().length, Sha256.of(file.getValue())));
            }
        }
        files.put(path, new Manifest.FileEntry(1, Sha256.of(new byte[1])));
        return files;
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(bundle)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(bundle.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        Path zip = folder.resolve("bundle.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return zip;
    }
}
