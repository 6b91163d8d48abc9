package dev.glimpse.bundle;

import static dev.glimpse.error.UserError.require;

import dev.glimpse.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Detached Ed25519 signatures of a manifest. Keys are PEM files as {@code openssl genpkey -algorithm ed25519} and
 * {@code openssl pkey -pubout} write them.
 */
public final class Signature {
    private static final String ALGORITHM = "Ed25519";

    private Signature() {}

    /** Reads a private key. */
    public static PrivateKey privateKey(Path pem) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(decode(pem, "PRIVATE KEY")));
        } catch (GeneralSecurityException e) {
            throw new UserError(pem + ": expected an Ed25519 private key in PEM: " + e.getMessage(), e);
        }
    }

    /** Reads a public key. */
    public static PublicKey publicKey(Path pem) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(decode(pem, "PUBLIC KEY")));
        } catch (GeneralSecurityException e) {
            throw new UserError(pem + ": expected an Ed25519 public key in PEM: " + e.getMessage(), e);
        }
    }

    private static byte[] decode(Path pem, String kind) {
        try {
            String text = Files.readString(pem, StandardCharsets.US_ASCII);
            String begin = "-----BEGIN " + kind + "-----";
            String end = "-----END " + kind + "-----";
            int from = text.indexOf(begin);
            int to = text.indexOf(end);
            require(from >= 0 && to > from, "%s: expected a PEM file with a %s, found none", pem, kind);
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(pem + ": expected a PEM file with a " + kind + ": " + e.getMessage(), e);
        }
    }

    /** The signature of these bytes: base64 and a line feed. */
    static byte[] sign(byte[] bytes, PrivateKey key) {
        try {
            java.security.Signature signature = java.security.Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(bytes);
            return (Base64.getEncoder().encodeToString(signature.sign()) + "\n").getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new UserError("the manifest could not be signed: " + e.getMessage(), e);
        }
    }

    /** Whether a signature file's content is that of the owner of the key on these bytes. */
    static boolean isRight(byte[] bytes, byte[] signed, PublicKey key) {
        try {
            String text = new String(signed, StandardCharsets.US_ASCII);
            if (!text.endsWith("\n")) {
                return false;
            }
            java.security.Signature signature = java.security.Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(Base64.getDecoder().decode(text.substring(0, text.length() - 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
