namespace Quintet.BuildTasks.Reading;

/// <summary>What an instruction does, as far as a walk through a body tells one from another.</summary>
internal enum OpDeed
{
    Other,

    /// <summary>Calls a method or makes an object.</summary>
    Call,
    LocalAddress,
    ArgumentAddress,
    Duplicate,
    Pop,
    Null,
    Field,
    StaticField,
    Function,
    StoreField,
    StoreStaticField,

    /// <summary>Makes a structure empty where it stands.</summary>
    Initialise,
    Equal,

    /// <summary>Whether a value is more than another; against null, whether it is something.</summary>
    Greater,

    /// <summary>Whether a number is more than another.</summary>
    More,

    /// <summary>Whether an object is of a type.</summary>
    TypeTest,
    EndFinally,
    JumpIfEqual,
    JumpIfUnequal,
    JumpIfMore,
    JumpUnlessMore,

    /// <summary>Jumps, and takes one value.</summary>
    JumpIfTrue,

    /// <summary>Takes one number from the stack and nothing else.</summary>
    TakesNumber,
}
