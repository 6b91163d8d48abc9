package dev.glimpse.pipeline;

import dev.glimpse.captioner.Captioner;
import dev.glimpse.captioner.Sight;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import dev.glimpse.picture.PictureException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Loads and compiles what the first frames need: the decoder, the smallest and the largest batch, the answers. */
record WarmUp(Decoder decoder, int batch) {
    private static final byte GREY = (byte) 128;
    private static final int SIDE = 160;
    private static final int QUALITY = 80;
    private static final int ROUNDS = 3;

    /** Works the model in, on the calling thread; returns its canary. */
    Canary run(Captioner captioner) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        Arrays.fill(rgb, GREY);
        Picture grey = new Picture(SIDE, SIDE, rgb);
        byte[] encoded = PictureEncoder.jpeg(grey, QUALITY);
        for (int i = 0; i < ROUNDS; i++) {
            try {
                decoder.decode(encoded);
            } catch (PictureException e) {
                throw new IllegalStateException("the decoder refuses a good picture", e);
            }
            captioner.look(Collections.nCopies(batch, grey));
            Sight sight = captioner.look(List.of(grey)).get(0);
            captioner.answer(sight, List.of("what is it"));
        }
        captioner.detect(List.of(grey));
        return Canary.of(captioner, captioner.golden().orElse(grey));
    }
}
