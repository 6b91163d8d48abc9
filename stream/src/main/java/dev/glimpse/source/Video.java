package dev.glimpse.source;

import dev.glimpse.error.UserError;
import dev.glimpse.picture.Picture;
import dev.glimpse.picture.PictureEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * A video file or a network camera, its frames encoded anew as JPEG. A file that breaks off gives the frames it has and
 * then ends, like a whole one.
 */
final class Video implements FrameSource {
    private static final int QUALITY = 90;
    private static final String TEN_SECONDS = "10000000"; // in microseconds

    private final FFmpegFrameGrabber grabber;
    private final String name;
    private final boolean live;

    private Video(FFmpegFrameGrabber grabber, String name, boolean live) {
        this.grabber = grabber;
        this.name = name;
        this.live = live;
    }

    /** Opens a video file. */
    static Video file(Path path) {
        String missing = Mp4.isCut(path)
                ? path + " is cut off before its index, without which none of its frames can be read; copy it again"
                : "a video is expected in " + path + ", found nothing that can be opened; play it with another "
                        + "program, or name a folder or picture";
        return open(new FFmpegFrameGrabber(path.toFile()), path.toString(), false, missing);
    }

    /** Opens a camera that speaks RTSP, over TCP; gives up after ten seconds of silence. */
    static Video camera(String address) {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(address);
        grabber.setOption("rtsp_transport", "tcp");
        grabber.setOption("timeout", TEN_SECONDS);
        String name = withoutPassword(address);
        String missing = "a camera that answers within 10 s is expected at " + name
                + ", found none; check address, user and password";
        return open(grabber, name, true, missing);
    }

    private static Video open(FFmpegFrameGrabber grabber, String name, boolean live, String missing) {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
        try {
            grabber.start();
        } catch (FrameGrabber.Exception e) {
            release(grabber);
            throw new UserError(missing, e);
        }
        if (grabber.getImageWidth() <= 0) {
            release(grabber);
            throw new UserError("a video with pictures is expected, found none in " + name);
        }
        return new Video(grabber, name, live);
    }

    @Override
    public Optional<SourcePicture> next() {
        Frame frame;
        try {
            frame = grabber.grabImage();
        } catch (FrameGrabber.Exception e) {
            throw new UserError(name + " broke off: " + e.getMessage() + "; start again when it is there", e);
        }
        if (frame == null && live) {
            throw new UserError(name + " broke off; start again when the camera is there");
        }
        return Optional.ofNullable(frame)
                .map(shown -> Rotation.upright(picture(shown), grabber.getDisplayRotation()))
                .map(upright -> SourcePicture.jpeg(PictureEncoder.jpeg(upright, QUALITY)));
    }

    /** Copies the rows, which may be padded, one after the other. */
    private static Picture picture(Frame frame) {
        int width = frame.imageWidth;
        int height = frame.imageHeight;
        byte[] rgb = new byte[width * height * 3];
        ByteBuffer rows = (ByteBuffer) frame.image[0];
        for (int y = 0; y < height; y++) {
            rows.get(y * frame.imageStride, rgb, y * width * 3, width * 3);
        }
        return new Picture(width, height, rgb);
    }

    @Override
    public double rate() {
        return grabber.getVideoFrameRate();
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public void close() {
        release(grabber);
    }

    private static String withoutPassword(String address) {
        return address.replaceFirst("//[^/@]*@", "//");
    }

    private static void release(FFmpegFrameGrabber grabber) {
        try {
            grabber.release();
        } catch (FrameGrabber.Exception e) {
            throw new IllegalStateException("a video cannot be closed", e);
        }
    }
}
