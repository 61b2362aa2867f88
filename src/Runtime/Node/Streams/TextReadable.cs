// How text is made of bytes
// -------------------------
// A decoder keeps the bytes of a character that is not complete until the next chunk; what is left at the end becomes U+FFFD. The bytes'
// stream flows while text is wanted and is paused otherwise.
//
// Source: Node 20 lib/internal/streams/readable.js (setEncoding), lib/string_decoder.js.

using System.Text;

namespace Quintet.Node;

/// <summary>A stream of bytes as a stream of text.</summary>
internal sealed class TextReadable : Readable<string>
{
    private readonly IReadable<byte[]> _bytes;
    private readonly Decoder _decoder;
    private bool _isListening;

    internal TextReadable(IReadable<byte[]> bytes, Encoding encoding)
    {
        _bytes = bytes;
        _decoder = encoding.GetDecoder();
        bytes.Stream.On<Exception>("error", error => Destroy(error));
        bytes.Stream.On("close", () =>
        {
            if (!ReadState!.SourceEnded) Destroy();
        });
        bytes.Stream.On("end", () =>
        {
            var rest = Decode([], flush: true);
            if (rest.Length > 0) Push(rest);
            PushEnd();
        });
    }

    protected override void OnRead()
    {
        if (_isListening)
        {
            _bytes.Resume();
            return;
        }

        _isListening = true;
        _bytes.OnData(chunk =>
        {
            var text = Decode(chunk, flush: false);
            if (text.Length > 0 && !Push(text)) _bytes.Pause();
        });
    }

    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        if (!_bytes.IsEnded) _bytes.Stream.Destroy(error);
        done(error);
    }

    private string Decode(byte[] bytes, bool flush)
    {
        var text = new char[_decoder.GetCharCount(bytes, flush)];
        return new string(text, 0, _decoder.GetChars(bytes, text, flush));
    }
}
