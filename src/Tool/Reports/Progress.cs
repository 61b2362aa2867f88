namespace Quintet.Tool.Reports;

/// <summary>One line on the error stream that is written over; nothing when nobody watches.</summary>
internal sealed class Progress(TextWriter error)
{
    private readonly bool _shown = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    private int _width;

    public void Say(string text)
    {
        if (!_shown) return;
        error.Write('\r' + text.PadRight(_width));
        _width = text.Length;
    }

    public void Clear()
    {
        if (!_shown || _width == 0) return;
        error.Write('\r' + new string(' ', _width) + '\r');
        _width = 0;
    }
}
