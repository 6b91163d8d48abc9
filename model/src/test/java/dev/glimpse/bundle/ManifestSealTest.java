package dev.glimpse.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSealTest {
    @TempDir
    Path folder;

    private Path bundle;
    private KeyPair keys;

    @BeforeEach
    void writeSignedBundle() throws NoSuchAlgorithmException {
        bundle = folder.resolve("bundle");
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        BundleWriter.write(bundle, Optional.of(keys.getPrivate()), writer -> {
                    TinyBundle.addAll(writer);
                    return TinyBundle.manifest(writer.files());
                })
                .close();
    }

    @Test
    void everyFlippedByteOfManifestDigestAndCertificateIsRefused() throws IOException {
        Random random = new Random(1);
        for (String name : new String[] {Bundle.MANIFEST, Bundle.MANIFEST_DIGEST, Bundle.CERTIFICATE}) {
            Path file = bundle.resolve(name);
            byte[] right = Files.readAllBytes(file);
            for (int i = 0; i < right.length; i++) {
                byte[] wrong = right.clone();
                wrong[i] ^= (byte) (1 + random.nextInt(255));
                Files.write(file, wrong);
                assertThatThrownBy(() -> BundleReader.open(bundle).close())
                        .as("%s, byte %d", name, i)
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("expected");
            }
            Files.write(file, right);
        }
        assertThatCode(() -> BundleReader.open(bundle).close()).doesNotThrowAnyException();
    }

    @Test
    void anyOfAThousandChangedBytesOfGraphsIsRefused() throws IOException {
        Random random = new Random(2);
        byte[] head = {0x08, 0x08, 0x12, (byte) 0x80, 0x10}; // ir_version: 8, and a producer_name of 2,048 bytes
        byte[] graph = new byte[head.length + 2048];
        random.nextBytes(graph);
        System.arraycopy(head, 0, graph, 0, head.length);
        Path large = folder.resolve("large");
        BundleWriter.write(large, Optional.empty(), writer -> {
                    TinyBundle.addAll(writer, graph);
                    return TinyBundle.manifest(writer.files());
                })
                .close();
        for (int i = 0; i < 1000; i++) {
            String name = TinyBundle.GRAPHS.get(random.nextInt(TinyBundle.GRAPHS.size()));
            byte[] wrong = graph.clone();
            int at = random.nextInt(wrong.length);
            wrong[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(large.resolve(name), wrong);
            assertThatThrownBy(() -> BundleReader.open(large).close())
                    .as("%s, byte %d", name, at)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(name + ": expected SHA-256");
            Files.write(large.resolve(name), graph);
        }
        assertThatCode(() -> BundleReader.open(large).close()).doesNotThrowAnyException();
    }

    @Test
    void aManifestWithoutItsDigestIsRefused() throws IOException {
        Files.delete(bundle.resolve(Bundle.MANIFEST_DIGEST));
        assertThatThrownBy(() -> BundleReader.open(bundle))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected manifest.json.sha256 beside it");
    }

    @Test
    void theDigestIsWhatSha256sumWrites() throws IOException {
        assertThat(bundle.resolve(Bundle.MANIFEST_DIGEST))
                .hasContent(Sha256.of(Files.readAllBytes(bundle.resolve(Bundle.MANIFEST))) + "  manifest.json\n");
    }

    @Test
    void theOwnersSignatureIsAccepted() {
        assertThatCode(() ->
                        BundleReader.open(bundle, Optional.of(keys.getPublic())).close())
                .doesNotThrowAnyException();
    }

    @Test
    void anotherKeyIsRefused() throws NoSuchAlgorithmException {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThatThrownBy(() -> BundleReader.open(bundle, Optional.of(other.getPublic())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("manifest.json.sig: expected the signature of the owner");
    }

    @Test
    void aManifestThatWasChangedAndSealedAnewFailsItsSignature() throws IOException {
        Path manifest = bundle.resolve(Bundle.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest).replace("\"tiny\"", "\"evil\""));
        TinyBundle.seal(bundle);
        assertThatCode(() -> BundleReader.open(bundle, Optional.empty()).close())
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> BundleReader.open(bundle, Optional.of(keys.getPublic())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Do not use this bundle");
    }

    @Test
    void anUnsignedBundleIsRefusedWhereAKeyIsConfigured() throws IOException {
        Files.delete(bundle.resolve(Bundle.MANIFEST_SIGNATURE));
        assertThatThrownBy(() -> BundleReader.open(bundle, Optional.of(keys.getPublic())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a signature, as GLIMPSE_BUNDLE_KEY is set");
    }

    @Test
    void keysArePemFiles() throws IOException {
        Path pem = folder.resolve("key.pem");
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        assertThat(Signature.publicKey(pem)).isEqualTo(keys.getPublic());
        assertThatThrownBy(() -> Signature.privateKey(pem))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a PEM file with a PRIVATE KEY");
    }
}
