namespace Quintet.Asyncio;

/// <summary>The result of a coroutine without one.</summary>
internal readonly struct Nothing;
