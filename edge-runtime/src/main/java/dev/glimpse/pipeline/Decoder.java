package dev.glimpse.pipeline;

import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureException;

/** Encoded bytes in, upright picture out; called by several threads. */
@FunctionalInterface
public interface Decoder {
    Picture decode(byte[] encoded) throws PictureException;
}
