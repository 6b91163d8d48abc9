"""Makes the small graphs of the engine's tests: `pip install onnx==1.23.1 && python make.py`, in this folder."""

import onnx


def save(name, body, domains='"" : 17'):
    model = onnx.parser.parse_model(f"<ir_version: 8, opset_import: [{domains}]>\n{body}")
    onnx.checker.check_model(model, full_check=domains == '"" : 17')
    onnx.save(model, name + ".onnx")


save("add", "add (float[B,3] x, float[B,3] y) => (float[B,3] total) { total = Add(x, y) }")

# Every type that crosses the border of a network.
save(
    "types",
    """types (uint8[B,2] bytes, int64[B] longs) => (float[B,2] numbers, int64[B] kept) {
      numbers = Cast <to = 1> (bytes)
      kept = Identity(longs)
    }""",
)

# An operator set that ONNX Runtime's processor provider does not have.
save(
    "roialign22",
    """roialign (float[B,1,4,4] map, float[N,4] boxes, int64[N] batch) => (float[N,1,2,2] crops) {
      crops = RoiAlign <output_height = 2, output_width = 2> (map, boxes, batch)
    }""",
    '"" : 22',
)

# An operator that no engine has.
save(
    "unknown-operator",
    "unknown (float[B,3] x) => (float[B,3] y) { y = test.Telepathy(x) }",
    '"" : 17, "test" : 1',
)

# A whole bundle that works by rules instead of weights, so that a test can say what must come out.
# Letters: R = 3, F = 2, 1 attribute, L = 5, C = 6, Q = 5, V = 12, A = 3, one layer, one head, d = 1.

# Regions are the picture's colours, class 0, 1, 2 = red, green, blue, by falling score: mean of the channel / 255, if above
# .1. Every box is the whole content as a fraction of the input. Feature = (score, class). The attribute's probability is the score.
save(
    "detector",
    """detector (uint8[B,32,32,3] picture, float[B,2] size)
        => (float[B,3,4] boxes, float[B,3] scores, int64[B,3] classes, float[B,3,2] features, float[B,3,1] attributes) {
      white = Constant <value = float {255.0}> ()
      threshold = Constant <value = float {0.1}> ()
      zero = Constant <value = float {0.0}> ()
      side = Constant <value = float {32.0}> ()
      three = Constant <value = int64[1] {3}> ()
      one = Constant <value = int64[1] {1}> ()
      two = Constant <value = int64[1] {2}> ()
      triple = Constant <value = int64[3] {1, 3, 1}> ()
      numbers = Cast <to = 1> (picture)
      sums = ReduceMean <axes = [1, 2], keepdims = 0> (numbers)
      means = Div(sums, white)
      values, classes = TopK <axis = 1> (means, three)
      found = Greater(values, threshold)
      scores = Where(found, values, zero)
      corner = Div(size, side)
      origin = Sub(corner, corner)
      box = Concat <axis = 1> (origin, corner)
      box1 = Unsqueeze(box, one)
      boxes = Tile(box1, triple)
      attributes = Unsqueeze(scores, two)
      ranks = Cast <to = 1> (classes)
      ranks1 = Unsqueeze(ranks, two)
      features = Concat <axis = 2> (attributes, ranks1)
    }""",
)

# The keys are the tags, then the scores; what is padded or not found is masked.
save(
    "encode",
    """encode (int64[B,5] tags, float[B,3,4] boxes, float[B,3] scores, float[B,3,2] features)
        => (float[B,1,1,8,1] context_keys, float[B,1,1,8,1] context_values, float[B,8] context_mask) {
      zero = Constant <value = float {0.0}> ()
      drop = Constant <value = float {-10000.0}> ()
      axes = Constant <value = int64[3] {1, 2, 4}> ()
      ids = Cast <to = 1> (tags)
      keys = Concat <axis = 1> (ids, scores)
      present = Greater(keys, zero)
      context_mask = Where(present, zero, drop)
      context_keys = Unsqueeze(keys, axes)
      area = ReduceSum <keepdims = 1> (boxes)
      size = ReduceSum <keepdims = 1> (features)
      both = Mul(area, size)
      nothing = Mul(both, zero)
      context_values = Add(context_keys, nothing)
    }""",
)

# At time t the next word is tag t: its logit is 8, all others 0; to the logit of [SEP], id 3, a tenth of the sum of all
# finished tokens is added, which are what the cached keys hold. Attention is even over what is not masked.
save(
    "step",
    """step (int64[B,2] tokens, int64[1] position, int64[B] parent, float[P,1,1,6,1] keys, float[P,1,1,6,1] values,
          float[B,1,1,8,1] context_keys, float[B,1,1,8,1] context_values, float[B,8] context_mask)
        => (float[B,12] logits, float[B,1,1,6,1] keys_out, float[B,1,1,6,1] values_out, float[B,8] attention) {
      zero = Constant <value = float {0.0}> ()
      eight = Constant <value = float {8.0}> ()
      tenth = Constant <value = float {0.1}> ()
      first = Constant <value = int64 {0}> ()
      columns = Constant <value = int64[6] {0, 1, 2, 3, 4, 5}> ()
      vocabulary = Constant <value = float[12] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}> ()
      sep = Constant <value = float[12] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}> ()
      inner = Constant <value = int64[3] {1, 2, 4}> ()
      flat = Constant <value = int64[2] {0, -1}> ()
      last_id = Gather <axis = 1> (tokens, first)
      last = Cast <to = 1> (last_id)
      axis1 = Constant <value = int64[1] {1}> ()
      last1 = Unsqueeze(last, axis1)
      chosen_keys = Gather <axis = 0> (keys, parent)
      chosen_values = Gather <axis = 0> (values, parent)
      old = Reshape(chosen_keys, flat)
      here = Equal(columns, position)
      filled = Where(here, last1, old)
      keys_out = Unsqueeze(filled, inner)
      values_out = Identity(chosen_values)
      total = ReduceSum <keepdims = 1> (filled, axis1)
      share = Mul(total, tenth)
      bonus = Mul(share, sep)
      context = Reshape(context_keys, flat)
      wanted = Gather <axis = 1> (context, position)
      hit = Equal(vocabulary, wanted)
      word = Where(hit, eight, zero)
      logits = Add(word, bonus)
      attention = Softmax <axis = 1> (context_mask)
      unused = Identity(context_values)
    }""",
)

# Answer 0 counts the question's tokens, answer 1 has ten times the best score less 5, answer 2 never holds.
save(
    "answer",
    """answer (int64[B,5] question, float[B,3,4] boxes, float[B,3] scores, float[B,3,2] features)
        => (float[B,3] logits, float[B,3] evidence) {
      axis1 = Constant <value = int64[1] {1}> ()
      none = Constant <value = int64 {0}> ()
      ten = Constant <value = float {10.0}> ()
      five = Constant <value = float {5.0}> ()
      hundred = Constant <value = float {-100.0}> ()
      present = Greater(question, none)
      ones = Cast <to = 1> (present)
      count = ReduceSum <keepdims = 1> (ones, axis1)
      best = ReduceMax <axes = [1], keepdims = 1> (scores)
      tenfold = Mul(best, ten)
      bright = Sub(tenfold, five)
      nothing = Sub(bright, bright)
      never = Add(nothing, hundred)
      logits = Concat <axis = 1> (count, bright, never)
      evidence = Identity(scores)
    }""",
)
