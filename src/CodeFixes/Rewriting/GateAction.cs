using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>What a place does with a lock.</summary>
internal enum GateAction
{
    /// <summary><c>lock (gate) …</c>, or a using statement that enters a scope.</summary>
    Hold,

    /// <summary>A statement that takes the lock.</summary>
    Enter,

    /// <summary>A statement that takes the lock and says so in a variable.</summary>
    EnterTaken,

    /// <summary>An expression that says whether the lock was taken.</summary>
    Try,

    /// <summary>A statement that says in a variable whether the lock was taken.</summary>
    TryTaken,

    /// <summary>Gives the lock up.</summary>
    Exit,

    /// <summary>Makes the lock.</summary>
    Create,

    /// <summary>Ends its life, or only names it.</summary>
    Neutral,
}
