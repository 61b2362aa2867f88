namespace Quintet.Node;

/// <summary>What others need to know of the side of a stream that is written to.</summary>
internal interface IWriteState
{
    int Length { get; }

    bool IsEnding { get; }

    bool IsFinished { get; }

    bool NeedsDrain { get; }

    /// <summary>Callbacks that are still to come, and so keep <c>finish</c> from being emitted.</summary>
    int Pending { get; }

    void End(Action<Exception?>? done);

    void OnDestroying();

    /// <summary>The stream has been made ready: what was written before goes on.</summary>
    void OnConstructed();
}
