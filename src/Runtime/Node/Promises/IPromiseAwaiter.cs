namespace Quintet.Node;

/// <summary>An awaiter that knows frames: it needs no continuation delegate.</summary>
internal interface IPromiseAwaiter
{
    void Suspend(Promise frame);
}
