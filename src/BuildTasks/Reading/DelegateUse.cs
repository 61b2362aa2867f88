namespace Quintet.BuildTasks.Reading;

/// <summary>What a body does with a delegate that it is given.</summary>
/// <param name="Parameter">The ordinal of the delegate.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Target">Whom it is passed to.</param>
/// <param name="Argument">As which argument.</param>
/// <param name="IsVirtual">Somebody else than the named member may receive it.</param>
internal readonly record struct DelegateUse(
    int Parameter, DelegateFate Kind, string Target = "", int Argument = -1, bool IsVirtual = false);
