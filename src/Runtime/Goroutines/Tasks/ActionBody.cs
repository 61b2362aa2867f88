namespace Quintet.Goroutines;

/// <summary>A goroutine with a synchronous body: it holds its thread from start to end.</summary>
internal sealed class ActionBody(Action body) : Goroutine
{
    internal override void Step()
    {
        Exception? thrown = null;
        try
        {
            body();
        }
        catch (Exception error)
        {
            thrown = error;
        }

        if (thrown is null) GoScheduler.Finish(this);
        else GoScheduler.Fail(this, thrown);
    }

    internal override string Describe() => FrameNames.Of(body);
}
