package dev.glimpse.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A collector that takes spans in OTLP over HTTP, and reads their Protobuf field by field. */
final class Collector implements AutoCloseable {
    final List<SpanRead> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** A span as it came over the wire; ids in hexadecimal, times in nanoseconds since 1970. */
    record SpanRead(
            String name,
            int kind,
            String trace,
            String id,
            String parent,
            long started,
            long ended,
            Map<String, Object> attributes) {}

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    SpanRead span(String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " among " + spans));
    }

    private void take(HttpExchange exchange) throws IOException {
        if (!Objects.equals(exchange.getRequestHeaders().getFirst("Content-Type"), "application/x-protobuf")) {
            exchange.sendResponseHeaders(415, -1);
            return;
        }
        byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
        for (Field resource : fields(body, 1)) {
            for (Field scope : fields(resource.bytes(), 2)) {
                fields(scope.bytes(), 2).forEach(span -> spans.add(read(span.bytes())));
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static SpanRead read(byte[] span) {
        Map<String, Object> attributes = new TreeMap<>();
        for (Field pair : fields(span, 9)) {
            Field value = fields(text(pair.bytes(), 2), 0).get(0);
            attributes.put(
                    new String(text(pair.bytes(), 1), UTF_8),
                    value.number() == 1 ? new String(value.bytes(), UTF_8) : value.value());
        }
        HexFormat hex = HexFormat.of();
        return new SpanRead(
                new String(text(span, 5), UTF_8),
                (int) fields(span, 6).get(0).value(),
                hex.formatHex(text(span, 1)),
                hex.formatHex(text(span, 2)),
                hex.formatHex(text(span, 4)),
                fields(span, 7).get(0).value(),
                fields(span, 8).get(0).value(),
                attributes);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(int number, long value, byte[] bytes) {}

    private static byte[] text(byte[] message, int number) {
        List<Field> found = fields(message, number);
        return found.isEmpty() ? new byte[0] : found.get(0).bytes();
    }

    /** The fields of one number, or of any with 0. */
    private static List<Field> fields(byte[] message, int wanted) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            int tag = (int) varint(in);
            long value = 0;
            byte[] bytes = new byte[0];
            switch (tag & 7) {
                case 0 -> value = varint(in);
                case 1 -> value = in.getLong();
                case 2 -> {
                    bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                }
                default -> value = in.getInt();
            }
            if (wanted == 0 || tag >> 3 == wanted) {
                fields.add(new Field(tag >> 3, value, bytes));
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
