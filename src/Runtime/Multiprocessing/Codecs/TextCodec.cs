namespace Quintet.Multiprocessing;

internal sealed class TextCodec : PayloadCodec<string?>
{
    public override int SmallestSize => sizeof(int);

    public override void Write(PayloadWriter writer, string? value) => writer.Text(value);

    public override string? Read(ref PayloadReader reader) => reader.Text();
}
